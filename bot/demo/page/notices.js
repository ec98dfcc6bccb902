// Answers to presses, and failures: a short line that goes by itself, or a dialog to be closed.

const SHOWN = 3500;

export class Notices {
  constructor(toast, dialog, dialogText) {
    this.toastNode = toast;
    this.dialog = dialog;
    this.dialogText = dialogText;
  }

  toast(text) {
    clearTimeout(this.timer);
    this.toastNode.textContent = text;
    this.toastNode.hidden = false;
    this.timer = setTimeout(() => this.clear(), SHOWN + text.length * 25);
  }

  // An answer belongs to the chat in which it was asked for.
  clear() {
    this.toastNode.hidden = true;
  }

  alert(text) {
    this.dialogText.textContent = text;
    if (!this.dialog.open) this.dialog.showModal();
  }
}
