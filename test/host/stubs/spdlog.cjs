// Plain JavaScript stand-in for the native module @vscode/spdlog: VS Code's log files and
// the extensions' output channels are written through it.
const fs = require('fs');
const path = require('path');
let globalLevel = 2;
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(_type, name, file) {
    this.name = name;
    this.file = file;
    this.level = globalLevel;
    this.raw = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }
  write(level, message) {
    if (level < this.level || !this.file) return;
    const line = this.raw
      ? message
      : `${new Date().toISOString().replace('T', ' ').replace('Z', '')} [${names[level]}] ${message}\n`;
    try {
      fs.appendFileSync(this.file, line);
    } catch {
      /* the folder went away at shutdown */
    }
  }
  trace(m) {
    this.write(0, m);
  }
  debug(m) {
    this.write(1, m);
  }
  info(m) {
    this.write(2, m);
  }
  warn(m) {
    this.write(3, m);
  }
  error(m) {
    this.write(4, m);
  }
  critical(m) {
    this.write(5, m);
  }
  getLevel() {
    return this.level;
  }
  setLevel(l) {
    this.level = l;
  }
  setPattern() {}
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {
    this.file = undefined;
  }
}
exports.version = 0;
exports.LogLevel = { Trace: 0, Debug: 1, Info: 2, Warning: 3, Error: 4, Critical: 5, Off: 6 };
exports.setLevel = l => {
  globalLevel = l;
};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (...a) => new Logger('rotating', ...a);
exports.createAsyncRotatingLogger = async (...a) => new Logger('rotating_async', ...a);
