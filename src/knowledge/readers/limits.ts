// How large a file may be, and how much it may take to read it.

/** Ceilings for one file; see config for the settings. */
export interface ReadLimits {
  maxBytes: number
  maxPages: number
  /** Characters of Markdown. */
  maxChars: number
  /** Bytes that a zip container may unpack to, and how many times its size. */
  maxUnpackedBytes: number
  maxUnpackRatio: number
  timeoutMs: number
  maxMemoryMb: number
}
