// A logger for the Slack SDKs in tests: they log what they refuse, and the tests look at the platform instead.

export const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  // `LogLevel.ERROR`, whose enum the fakes' folder does not import.
  getLevel: () => 'error' as never,
  setName: () => undefined,
}
