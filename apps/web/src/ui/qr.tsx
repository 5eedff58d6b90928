import QRCode from 'qrcode';

/** A QR code as one SVG path: sharp in print, and the content policy needs no exception for it. */
export function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const dots = Array.from(data).flatMap((dark, index) =>
    dark ? [`M${index % size} ${Math.floor(index / size)}h1v1h-1z`] : [],
  );
  return (
    <svg className="qr" viewBox={`-2 -2 ${size + 4} ${size + 4}`} role="img" aria-label={label}>
      <rect x="-2" y="-2" width={size + 4} height={size + 4} fill="#fff" />
      <path d={dots.join('')} fill="#16211b" shapeRendering="crispEdges" />
    </svg>
  );
}
