import { lazy, Suspense, type ComponentType } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';

import { Loading } from '../ui/states';
import { Boundary, PageUnknown } from './boundary';
import { Layout } from './layout';

/** Each group's pages are a chunk of their own: a household on a slow line loads nothing of the bureau. */
const PAGES: readonly (readonly [string, () => Promise<{ default: ComponentType }>])[] = [
  ['/', () => import('../home/home-page')],
  ['/signin', () => import('./signin-page')],
  ['/bureau', () => import('../bureau/bureau-page')],
  ['/map', () => import('../map/map-page')],
  ['/registry', () => import('../registry/registry-page')],
  ['/registry/imports', () => import('../registry/imports-page')],
  ['/household', () => import('../household/household-page')],
  ['/buyer', () => import('../buyer/buyer-page')],
  ['/verify', () => import('../verify/verify-page')],
  ['/verify/:number', () => import('../verify/verify-page')],
  ['/proof', () => import('../proof/proof-page')],
  ['/public/:book', () => import('../verify/public-page')],
  ['/public/:book/reports/:kind', () => import('../reports/report-page')],
  ['/bureau/reports/:book/:kind', () => import('../reports/report-page')],
  ['/voucher/:number', () => import('../reports/voucher-page')],
  ['/public/:book/notices/:roster', () => import('../verify/notice-page')],
];

const ROUTES = PAGES.map(([path, load]) => ({ path, Page: lazy(load) }));

export function Router() {
  return (
    <BrowserRouter>
      <Routes>
        <Route element={<Layout />}>
          {ROUTES.map(({ path, Page }) => (
            <Route
              key={path}
              path={path}
              element={
                <Boundary key={path}>
                  <Suspense fallback={<Loading />}>
                    <Page />
                  </Suspense>
                </Boundary>
              }
            />
          ))}
          <Route path="*" element={<PageUnknown />} />
        </Route>
      </Routes>
    </BrowserRouter>
  );
}
