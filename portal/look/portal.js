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

// A table or chart that is wider than the screen says so in words; its shadow is there without this.
const measure = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    target.parentElement.querySelector(".slide").hidden = target.scrollWidth <= target.clientWidth;
    if (target.querySelector(".chart")) target.scrollLeft = target.scrollWidth; // the latest is at its end
  }
});
const measureAll = () => document.querySelectorAll("[data-wide] > .scroll").forEach((each) => measure.observe(each));
measureAll();
document.addEventListener("htmx:load", measureAll);
