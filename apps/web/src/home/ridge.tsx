/** Ridges of the Qinba mountains, one behind the other, above the ruled lines of a ledger. */
export function Ridge() {
  return (
    <svg className="hero-ridge" viewBox="0 0 1200 200" preserveAspectRatio="none" aria-hidden="true">
      <path
        fill="#d3e3d4"
        d="M0 92 90 58l80 26 110-54 120 62 96-34 130 48 118-70 128 62 104-40 112 46 112-38v134H0z"
      />
      <path
        fill="#9dc0a3"
        d="M0 132l120-44 92 34 130-60 116 58 128-30 110 40 140-66 120 56 116-34 128 42v72H0z"
      />
      <path fill="#4c8560" d="M0 160l150-38 118 26 140-48 130 46 150-30 128 32 150-50 124 42 110-20v80H0z" />
      <path fill="#0f5132" d="M0 182l170-26 150 18 160-34 170 32 160-22 170 24 220-30v56H0z" />
    </svg>
  );
}
