import type { Day } from '@app/kernel';
import { dayFaults, fault, textFaults, type FieldFault } from '../fault.rules';

export const PROJECT_KINDS = ['arbor', 'bamboo'] as const;
export type ProjectKind = (typeof PROJECT_KINDS)[number];

/** 储备, 已设计, 已审定, 已登记, 减排量已登记, 已结束, 已撤回 */
export const PROJECT_STATES = [
  'pipeline',
  'designed',
  'validated',
  'registered',
  'credited',
  'closed',
  'withdrawn',
] as const;
export type ProjectState = (typeof PROJECT_STATES)[number];

/** A project moves forward; what ended stays ended. */
const NEXT: Readonly<Record<ProjectState, readonly ProjectState[]>> = {
  pipeline: ['designed', 'withdrawn'],
  designed: ['validated', 'withdrawn'],
  validated: ['registered', 'withdrawn'],
  registered: ['credited', 'closed', 'withdrawn'],
  credited: ['credited', 'closed', 'withdrawn'],
  closed: [],
  withdrawn: [],
};

/** Days, first and last inside. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** What the national registry issued, unit by unit: one unit is one tonne. */
export interface NationalUnits {
  readonly block: string;
  readonly first: bigint;
  readonly last: bigint;
}

export interface StepWish {
  readonly to: ProjectState;
  /** Of the design, validation, registration, verification, end or withdrawal. */
  readonly day: Day;
  readonly documentNo: string;
  readonly documentSha256?: string;
  /** 计入期, when it is registered. */
  readonly crediting?: Days;
  /** What was verified, when it is credited. */
  readonly credited?: Days;
  readonly units?: NationalUnits;
}

export interface SteppingProject {
  readonly state: ProjectState;
  readonly parcels: number;
  readonly crediting: Days | null;
  /** The day of the step before. */
  readonly lastDay: Day | null;
}

/** All that speaks against a step, in one pass. */
export function stepFaults(project: SteppingProject, wish: StepWish, today: Day): FieldFault[] {
  const next = NEXT[project.state];
  const isLast = wish.to === 'withdrawn';
  return [
    ...(next.includes(wish.to)
      ? []
      : [
          fault(
            'to',
            'STATE_WRONG',
            next.length > 0 ? `之后只能是：${next.join('、')}` : '项目已终止，不再变动',
            next.length > 0 ? `next is ${next.join(' or ')}` : 'the project has ended',
          ),
        ]),
    ...dayFaults('day', wish.day, { ...(project.lastDay && { least: project.lastDay }), most: today }),
    ...textFaults('documentNo', wish.documentNo),
    ...(isLast || project.parcels > 0
      ? []
      : [
          fault('land', 'LAND_MISSING', '先录入项目边界内的小班', 'put in the parcels of its boundary first'),
        ]),
    ...daysFaults('crediting', wish.to === 'registered', wish.crediting, {}),
    ...daysFaults('credited', wish.to === 'credited', wish.credited, {
      ...(project.crediting && { least: project.crediting.from }),
      most: earlier(project.crediting?.to ?? today, today),
    }),
    ...unitFaults(wish),
  ];
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

function daysFaults(
  field: string,
  isWanted: boolean,
  days: Days | undefined,
  bounds: { readonly least?: Day; readonly most?: Day },
): FieldFault[] {
  if (!isWanted)
    return days === undefined ? [] : [fault(field, 'FIELD_UNWANTED', '此步不填', 'not in this step')];
  if (days === undefined) return [fault(field, 'FIELD_MISSING', '起止日期', 'its first and its last day')];
  return [
    ...dayFaults(`${field}From`, days.from, bounds),
    ...dayFaults(`${field}To`, days.to, { ...bounds, least: later(bounds.least, days.from) }),
  ];
}

const later = (a: Day | undefined, b: Day): Day => (a !== undefined && a > b ? a : b);

function unitFaults({ to, units }: StepWish): FieldFault[] {
  if (to === 'credited') {
    return units !== undefined && units.last >= units.first
      ? []
      : [fault('units', 'FIELD_MISSING', '国家登记簿的编号段', 'the numbers of the national registry')];
  }
  return units === undefined ? [] : [fault('units', 'FIELD_UNWANTED', '此步不填', 'not in this step')];
}

/** Under which name a project holds its land. */
export const schemeOf = (projectCode: string): string => `ccer:${projectCode}`;

/** Classes that a methodology for such forest takes; others are told, for the document may know better. */
export const CLASSES_OF: Readonly<Record<ProjectKind, readonly string[]>> = {
  arbor: ['broadleaf', 'conifer', 'mixed', 'shrub'],
  bamboo: ['bamboo'],
};
