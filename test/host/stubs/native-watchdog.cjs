// Plain JavaScript stand-in for the native module @vscode/native-watchdog: ends the extension host when the server is gone.
exports.start = pid => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 1000).unref();
};
exports.exit = code => process.exit(code);
