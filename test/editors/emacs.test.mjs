import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seenBy } from './editor.mjs';
import { snippet } from '../readme.mjs';

/**
 * Without a person, no command ends and no timer of Emacs fires by itself: eglot is connected by hand, as its hook would
 * have done, and the output of the server is waited for.
 */
const script = `
(require 'json)
(require 'flymake)
(find-file "query.zoql")
(let ((eglot-sync-connect 30))
  (apply #'eglot (eglot--guess-contact)))
(defun wait-until (condition)
  (let ((deadline (+ (float-time) 30)))
    (while (and (not (funcall condition)) (< (float-time) deadline))
      (accept-process-output nil 0.05))))
(flymake-start)
(wait-until (lambda () (flymake-diagnostics)))
(goto-char 8)
(let* ((completion (eglot-completion-at-point))
       (labels (all-completions "" (nth 2 completion)))
       (mode (symbol-name major-mode))
       (messages (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))
  (with-temp-file "seen.json"
    (insert (json-encode (list :mode mode
                               :messages (vconcat messages)
                               :labels (vconcat (mapcar #'substring-no-properties labels)))))))
(kill-emacs 0)
`;

test('Emacs completes and shows problems with the snippet of README', async () => {
  const { mode, messages, labels } = await seenBy({
    command: 'emacs',
    args: ['--batch', '-l', 'package', '-f', 'package-initialize', '-l', 'eglot', '-l', 'init.el', '-l', 'script.el'],
    files: { 'init.el': snippet('emacs'), 'script.el': script },
    text: "select Id, from Account where Name = 'a'",
  });
  assert.equal(mode, 'zoql-mode');
  assert.equal(messages.length, 1, messages.join());
  assert.match(messages[0], /Expected a field/);
  for (const label of ['AccountNumber', 'Balance']) assert.ok(labels.includes(label), labels.join());
});
