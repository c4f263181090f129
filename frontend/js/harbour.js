import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { AddAnother, Alert, ButtonMenu, MultiSelect } from "@ministryofjustice/frontend";

// A radio may not carry aria-expanded (WAI-ARIA 1.2); aria-controls says what it opens.
class RevealingRadios extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input);
    input.removeAttribute("aria-expanded");
  }
}

const COMPONENTS = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  RevealingRadios,
  ServiceNavigation,
  SkipLink,
  AddAnother,
  Alert,
  ButtonMenu,
  MultiSelect,
];

// A part of the page may be offered twice (its parent was searched too): the second time is no fault.
function onError(error) {
  if (error.name !== "InitError") {
    console.warn(error);
  }
}

function enliven(scope) {
  COMPONENTS.forEach((component) => createAll(component, undefined, { scope, onError }));
}

function afterSwap(event) {
  const arrived = event.detail.elt;
  if (arrived && arrived !== document.body) {
    enliven(arrived.parentElement || arrived);
  }
}

// [data-print] buttons and [data-submit-on-change] controls are conveniences; each page works without.
function onClick(event) {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
}

function onChange(event) {
  const control = event.target.closest("[data-submit-on-change]");
  if (control && control.form) {
    control.form.requestSubmit();
  }
}

// [data-key="n"] links and buttons answer to that key, unless a person is typing.
function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  if (event.target.closest("input, textarea, select, [contenteditable]")) {
    return;
  }
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (wanted) {
    event.preventDefault();
    wanted.click();
  }
}

enliven(document);
document.addEventListener("htmx:load", afterSwap);
document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
document.addEventListener("keydown", onKey);
