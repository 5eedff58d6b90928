import type { Parcel } from '../county/county';
import type { Staff } from '../staff';
import { approved } from './approved';

export interface Elsewhere {
  readonly project: { readonly state: string; readonly parcels: number };
  readonly externalList: { readonly entries: number; readonly matched: number };
}

const PROJECT = 'ccer-2024';

/** What lies in a project of the national registry or on another registry's list: it is not credited here. */
export async function claimElsewhere(
  staff: Staff,
  book: string,
  county: string,
  land: { readonly project: readonly Parcel[]; readonly listed: Parcel; readonly owner: string },
): Promise<Elsewhere> {
  await registerProject(staff, book, land);
  const { state, parcels } = await staff.creditRegistrar.get<Elsewhere['project']>(
    `/books/${book}/projects/${PROJECT}`,
  );
  const terms = { registry: '自愿减排登记处(演练)', listOn: '2026-02-28', source: '网站公示清单(演练)' };
  const list = [
    'project_no,place,certificate_no,parcel_code,from,to',
    `VCS-77,${land.listed.village},,${land.listed.code},2024-01-01,2033-12-31`,
    `VCS-78,${county},LZ-0000,,2024-01-01,2033-12-31`,
  ];
  const { entries, matched } = await staff.creditRegistrar.upload<Elsewhere['externalList']>(
    `/books/${book}/external-lists?${new URLSearchParams(terms)}`,
    'text/csv',
    Buffer.from(list.join('\n')),
  );
  return { project: { state, parcels }, externalList: { entries, matched } };
}

async function registerProject(
  staff: Staff,
  book: string,
  land: { readonly project: readonly Parcel[]; readonly owner: string },
): Promise<void> {
  const projects = `/books/${book}/projects`;
  await staff.forestryHandler.post(projects, {
    ...{ code: PROJECT, name: '阔叶林碳汇项目(演练)', kind: 'arbor' },
    ...{ methodology: 'CCER-14-001-V01', standard: 'CCER', ownerExternalNo: land.owner },
  });
  await staff.forestryHandler.post(`/books/${book}/project-targets`, {
    ...{
      kind: 'arbor',
      validFrom: '2026-01-01',
      targetMu100: '3000000',
      documentNo: '碳汇规划〔2026〕1号(演练)',
    },
  });
  await staff.forestryHandler.put(`${projects}/${PROJECT}/land`, {
    parcelCodes: land.project.map(({ code }) => code),
  });
  const steps = [
    { to: 'designed', day: '2024-03-01' },
    { to: 'validated', day: '2024-08-01' },
    { to: 'registered', day: '2024-12-20', crediting: { from: '2025-01-01', to: '2044-12-31' } },
  ];
  for (const step of steps) {
    await approved(
      [staff.forestryHandler, staff.forestryReviewer],
      `${projects}/${PROJECT}/steps`,
      { ...step, documentNo: `${step.to}〔2024〕(演练)` },
      `/books/${book}/project-steps`,
    );
  }
}
