/** Carries a one-time code to a phone: an SMS gateway in a county, the process output on a developer's desk. */
export abstract class CodeSender {
  /** `phone` has 11 digits. Throws when the code could not be handed over; never logs phone and code together. */
  abstract send(phone: string, code: string): Promise<void>;
}
