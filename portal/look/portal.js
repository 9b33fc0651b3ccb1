// What a page does beyond being read. Without this file everything still works.
"use strict";

// A PDF dropped anywhere on the form goes into its field and is sent.
for (const place of document.querySelectorAll("[data-drop]")) {
  const field = place.querySelector("input[type=file]");
  const over = (event) => { event.preventDefault(); place.classList.add("over"); };
  const away = () => place.classList.remove("over");
  place.addEventListener("dragenter", over);
  place.addEventListener("dragover", over);
  place.addEventListener("dragleave", away);
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    away();
    if (event.dataTransfer.files.length) {
      field.files = event.dataTransfer.files;
      place.requestSubmit();
    }
  });
}

// What is wrong is read out first.
document.querySelector("[data-focus]")?.focus();
