import * as vscode from 'vscode';

/** What the extension says to the person while `action` runs, which gets it as it comes. The messages are shown all the same. */
export async function messagesDuring(
  action: (said: readonly string[]) => Promise<unknown>,
): Promise<readonly string[]> {
  const said: string[] = [];
  const { window } = vscode;
  const { showInformationMessage, showWarningMessage, showErrorMessage } = window;
  // The suites live in the extension's folder, so VS Code gives both the same API object.
  window.showInformationMessage = noting(showInformationMessage, said);
  window.showWarningMessage = noting(showWarningMessage, said);
  window.showErrorMessage = noting(showErrorMessage, said);
  try {
    await action(said);
  } finally {
    Object.assign(window, { showInformationMessage, showWarningMessage, showErrorMessage });
  }
  return said;
}

/** Presses the button with this title on every error that offers it, while `action` runs. */
export async function pressingOnErrors(title: string, action: () => Promise<unknown>): Promise<void> {
  const { window } = vscode;
  const { showErrorMessage } = window;
  const press = (_message: string, ...titles: readonly string[]) =>
    Promise.resolve(titles.find(each => each === title));
  Object.assign(window, { showErrorMessage: press });
  try {
    await action();
  } finally {
    Object.assign(window, { showErrorMessage });
  }
}

type Show = (message: string, ...rest: never[]) => Thenable<unknown>;

function noting<T extends Show>(show: T, said: string[]): T {
  const noted: Show = (message, ...rest) => {
    said.push(message);
    return show(message, ...rest);
  };
  return noted as T;
}
