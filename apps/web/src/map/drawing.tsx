import {
  memo,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
} from 'react';

import type { DrawnParcel, VillageMap } from '../api/map-types';
import { Button } from '../ui/button';
import { useText } from '../text/text';
import { colourOf } from './classes';
import { moved, pathOf, showing, wholeOf, zoomed, type View } from './view.rules';

interface Props {
  readonly map: VillageMap;
  readonly chosen: DrawnParcel | undefined;
  readonly onChoose: (code: string) => void;
}

const NEARER = 0.7;
const STEP = 0.15;
/** Farther than this a press is a pull, not a choice. */
const PULL_PIXELS = 6;

const KEYS: Readonly<Record<string, (view: View, grid: VillageMap['grid']) => View>> = {
  ArrowLeft: (view, grid) => moved(view, grid, -STEP, 0),
  ArrowRight: (view, grid) => moved(view, grid, STEP, 0),
  ArrowUp: (view, grid) => moved(view, grid, 0, -STEP),
  ArrowDown: (view, grid) => moved(view, grid, 0, STEP),
  '+': (view, grid) => zoomed(view, grid, NEARER),
  '=': (view, grid) => zoomed(view, grid, NEARER),
  '-': (view, grid) => zoomed(view, grid, 1 / NEARER),
  '0': (_view, grid) => wholeOf(grid),
};

/** The map itself: pulled by finger or pointer, moved by the arrow keys, brought nearer by wheel, keys or buttons. */
export function Drawing({ map: { grid, parcels }, chosen, onChoose }: Props) {
  const { map: text } = useText();
  const [view, setView] = useState<View>(() => wholeOf(grid));
  const [seen, setSeen] = useState(chosen?.code);
  if (chosen?.code !== seen) {
    // What was just chosen comes into sight; it may be pulled out of it again.
    const [x, y] = chosen?.rings[0] ?? [];
    setSeen(chosen?.code);
    if (x !== undefined && y !== undefined) setView(showing(view, grid, { x, y }));
  }
  const svg = useRef<SVGSVGElement>(null);
  const pull = useRef<{ x: number; y: number; view: View; far: boolean }>(undefined);
  useWheel(svg, (factor, at) => setView((now) => zoomed(now, grid, factor, at)));

  const onKeyDown = (event: KeyboardEvent) => {
    const change = KEYS[event.key];
    if (!change || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setView(change(view, grid));
  };
  const onPointerDown = ({ clientX, clientY, isPrimary }: PointerEvent) => {
    if (isPrimary) pull.current = { x: clientX, y: clientY, view, far: false };
  };
  const onPointerMove = ({ clientX, clientY, buttons }: PointerEvent) => {
    const from = pull.current;
    if (!from || buttons === 0 || !svg.current) return;
    const box = svg.current.getBoundingClientRect();
    const [right, down] = [from.x - clientX, from.y - clientY];
    from.far ||= Math.hypot(right, down) > PULL_PIXELS;
    const across = Math.min(box.width / from.view.width, box.height / from.view.height);
    if (from.far) {
      setView(moved(from.view, grid, right / across / from.view.width, down / across / from.view.height));
    }
  };
  const onClick = ({ target }: MouseEvent) => {
    const code = target instanceof Element ? target.getAttribute('data-code') : null;
    if (code !== null && !pull.current?.far) onChoose(code);
  };
  const { x, y, width, height } = view;
  return (
    <div className="map-frame">
      <svg
        ref={svg}
        className="map"
        viewBox={`${x} ${y} ${width} ${height}`}
        role="application"
        aria-label={text.mapLabel}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onClick={onClick}
      >
        <Parcels parcels={parcels} />
        {chosen && <path className="map-chosen" d={pathOf(chosen.rings)} fillRule="evenodd" />}
      </svg>
      <div className="map-tools">
        <Button size="small" aria-label={text.nearer} onClick={() => setView(zoomed(view, grid, NEARER))}>
          +
        </Button>
        <Button
          size="small"
          aria-label={text.farther}
          onClick={() => setView(zoomed(view, grid, 1 / NEARER))}
        >
          −
        </Button>
        <Button size="small" onClick={() => setView(wholeOf(grid))}>
          {text.whole}
        </Button>
      </div>
      <p className="small soft">{text.keys}</p>
    </div>
  );
}

/** Drawn once, however the window moves over them. */
const Parcels = memo(function Parcels({ parcels }: { readonly parcels: readonly DrawnParcel[] }) {
  return (
    <g>
      {parcels.map(({ code, forestClass, rings }) => (
        <path
          key={code}
          className="map-parcel"
          data-code={code}
          d={pathOf(rings)}
          fillRule="evenodd"
          style={{ fill: colourOf(forestClass) }}
        />
      ))}
    </g>
  );
});

/** React listens to wheels passively, so the page would scroll too. */
function useWheel(
  svg: React.RefObject<SVGSVGElement | null>,
  zoom: (factor: number, at: { x: number; y: number }) => void,
): void {
  const latest = useRef(zoom);
  useEffect(() => {
    latest.current = zoom;
  });
  useEffect(() => {
    const element = svg.current;
    const onWheel = (event: WheelEvent) => {
      const matrix = element?.getScreenCTM();
      if (!matrix) return;
      event.preventDefault();
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      latest.current(event.deltaY < 0 ? NEARER : 1 / NEARER, { x, y });
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [svg]);
}
