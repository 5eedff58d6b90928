import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Problem } from './api/client';
import { Router } from './app/router';
import { LanguageProvider } from './text/text';
import './ui/base.css';
import './ui/parts.css';

const RETRIES = 2;

/** A refusal stays a refusal: only a server that did not answer is asked again. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < RETRIES && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LanguageProvider>
          <Router />
        </LanguageProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
