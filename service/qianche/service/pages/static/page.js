// Comfort only; every page works without it.

// Enter in the search box asks, Shift+Enter breaks the line; an input method's own Enter is left alone.
for (const box of document.querySelectorAll("textarea[data-enter-submits]")) {
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      box.form.requestSubmit();
    }
  });
}

// navigator.clipboard exists only on https and on this machine; elsewhere the field is selected for Ctrl+C.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    if (!navigator.clipboard) return;
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "已复制";
    } catch {
      button.textContent = "请按 Ctrl+C";
    }
  });
}
