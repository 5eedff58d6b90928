/** The mark: a ridge above the lines of a ledger. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0f5132" />
      <path
        d="M4.5 20.5 11 11l4.6 6.4L19.5 12l8 8.5"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M6 24h20M6 27h20" stroke="#cfe3d4" strokeWidth="1.4" strokeLinecap="round" />
    </svg>
  );
}

/** What is drawn where there is nothing: the empty page of a ledger. */
export function EmptyPage() {
  return (
    <svg width="72" height="56" viewBox="0 0 72 56" aria-hidden="true">
      <rect x="8" y="4" width="56" height="48" rx="6" fill="#fff" stroke="#b9c4bb" strokeWidth="1.5" />
      <path d="M16 18h40M16 27h40M16 36h24" stroke="#d5ddd5" strokeWidth="2" strokeLinecap="round" />
      <path d="M46 41h12M46 44.5h12" stroke="#0f5132" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
