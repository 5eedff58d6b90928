import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

import { api } from '../api/client';
import { onToken, readToken, writeToken } from '../api/token';
import type { Me } from '../api/types';

export const useToken = (): string | null => useSyncExternalStore(onToken, readToken);

/** Who is signed in; disabled while nobody is. */
export function useMe(): UseQueryResult<Me> {
  const token = useToken();
  return useQuery({ queryKey: ['me', token], queryFn: () => api.get<Me>('/me'), enabled: token !== null });
}

/** Ends the session on the server and forgets all that was read in it. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.remove('/sessions/current'),
    onSettled: () => {
      writeToken(null);
      queries.clear();
    },
  });
}

/** True when the signed-in member of staff holds the post in the book. */
export const holds = (me: Me | undefined, book: string, post: string): boolean =>
  me?.assignments.some((held) => held.post === post && (held.book === null || held.book === book)) ?? false;
