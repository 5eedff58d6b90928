import { useQuery } from '@tanstack/react-query';
import { useLocation, useParams, useSearchParams } from 'react-router';

import { api, path } from '../api/client';
import type { Report } from '../api/report-types';
import { PageHead } from '../app/layout';
import { useText } from '../text/text';
import { Button } from '../ui/button';
import { Loading, ProblemNote } from '../ui/states';
import { ReportSheet } from './report-sheet';

const ASKED = ['region', 'day', 'against'];

/** A statutory report of a book, for everybody; below /bureau for staff, with what only they may read. */
export default function ReportPage() {
  const { book = '', kind = '' } = useParams();
  const [asked] = useSearchParams();
  const isStaff = useLocation().pathname.startsWith('/bureau/');
  const query = new URLSearchParams(
    ASKED.flatMap((name) => (asked.has(name) ? [[name, asked.get(name) ?? '']] : [])),
  );
  const route = isStaff ? path`/books/${book}/reports/${kind}` : path`/public/books/${book}/reports/${kind}`;
  const address = `${route}?${query.toString()}`;
  const report = useQuery({ queryKey: ['report', address], queryFn: () => api.get<Report>(address) });
  const { language, reports } = useText();
  if (report.isError) return <ProblemNote error={report.error} />;
  if (!report.data) return <Loading />;
  const { title, regionName, day, from } = report.data;
  return (
    <>
      <PageHead
        title={`${regionName} · ${title[language]}`}
        lead={from === null ? `${reports.asOf} ${day}` : `${from} – ${day}`}
        aside={
          <div className="no-print">
            <Button look="main" size="small" onClick={() => window.print()}>
              {reports.print}
            </Button>
          </div>
        }
      />
      <ReportSheet report={report.data} />
    </>
  );
}
