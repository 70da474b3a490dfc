/** Facts about a loaded model that are no failure and that a person should know. */

export const noTemplateNotice =
  'This model has no chat template, so it continues a text instead of answering.';

export const softwareNotice =
  'The only graphics card of this browser is a program on the processor, so the model will be very slow.';
