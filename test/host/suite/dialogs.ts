import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What a person answers to the dialogs that `action` shows, in their order: a button, a text, or the label of a row. */
export async function answering(
  answers: readonly string[],
  action: () => Thenable<unknown>,
): Promise<readonly string[]> {
  const left = [...answers];
  const asked: string[] = [];
  const { window } = vscode;
  const { showInformationMessage, showWarningMessage, showInputBox } = window;
  // VS Code refuses to show a modal dialog to a test. The suites live in the extension's folder, so VS Code gives both the
  // same API object.
  const answerModal = (show: Show): Show => {
    return (message, ...rest) => {
      const [options] = rest as readonly unknown[];
      if (!isModal(options)) return show(message, ...rest);
      asked.push(`${message}\n${options.detail ?? ''}`);
      return Promise.resolve(left.shift());
    };
  };
  Object.assign(window, {
    showInformationMessage: answerModal(showInformationMessage as Show),
    showWarningMessage: answerModal(showWarningMessage as Show),
    showInputBox: (options: vscode.InputBoxOptions) => {
      asked.push(options.title ?? '');
      return Promise.resolve(left.shift());
    },
  });
  try {
    await action();
  } finally {
    Object.assign(window, { showInformationMessage, showWarningMessage, showInputBox });
  }
  assert.deepEqual(left, [], `each answer was asked for; asked was ${asked.join(' | ')}`);
  return asked;
}

type Show = (message: string, ...rest: never[]) => Thenable<unknown>;

function isModal(options: unknown): options is vscode.MessageOptions {
  return typeof options === 'object' && options !== null && 'modal' in options && options.modal === true;
}
