/* Wagtail starts its date pickers, choosers and inline panels by scripts inside the page; here they start by what is on the
   page, so that the admin runs no inline script and its Content-Security-Policy may forbid them. */
(function () {
  "use strict";

  const { Controller } = window.StimulusModule;
  const PICKERS = { date: "initDateChooser", time: "initTimeChooser", datetime: "initDateTimeChooser" };
  const PANELS = ["InlinePanel", "MultipleChooserPanel"];

  window.wagtail.app.register(
    "date-picker",
    class extends Controller {
      static values = { kind: String, config: Object };

      connect() {
        const input = this.element.querySelector("input");
        if (input && !input.dataset.picker) {
          input.dataset.picker = "started";
          window[PICKERS[this.kindValue]](input.id, this.configValue);
        }
      }
    },
  );

  window.wagtail.app.register(
    "inline-panel",
    class extends Controller {
      static values = { kind: String, options: Object };

      connect() {
        if (PANELS.includes(this.kindValue) && !this.started) {
          this.started = true;
          new window[this.kindValue](this.optionsValue);
        }
      }
    },
  );

  window.wagtail.app.register(
    "chooser-start",
    class extends Controller {
      static values = { kind: String, field: String, options: Object };

      connect() {
        const Chooser = /Chooser$/.test(this.kindValue) && window[this.kindValue];
        if (Chooser && !this.started) {
          this.started = true;
          new Chooser(this.fieldValue, this.optionsValue);
        }
      }
    },
  );
})();
