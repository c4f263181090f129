// Runs before the page is drawn, so that parts hidden by script never flash.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
