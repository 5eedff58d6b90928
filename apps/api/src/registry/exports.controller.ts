import { Readable } from 'node:stream';

import { Controller, Get, HttpException, Param, Query, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { dayOf, ok } from '@app/kernel';
import { Policies, type Principal } from '@app/identity';
import { Books, UnitOfWork, type Book } from '@app/platform';
import { covers } from '@app/regions';
import { EXPORT_FORMATS, ExportTable, IMPORT_KINDS, type ExportFormat, type ImportKind } from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, RefusalException, registerRefusals, unwrap } from '../http';
import { sentAs } from './file-names';
import { ExportQuery } from './registry.requests';

/** Who reads the lists of parties and land may take them home, each within their regions. */
const READERS = [
  'village-clerk',
  'town-finance',
  'forestry-handler',
  'forestry-reviewer',
  'finance-review',
  'payout-centre',
  'credit-registrar',
  'auditor',
  'administrator',
];
/** Who keeps the accounts, and who moves a county's files to another book. */
const WHOLE_READERS = ['town-finance', 'administrator'];
const AT_ONCE_MAX = 2;
const PATIENCE_MS = 60_000;

registerRefusals({
  EXPORT_BUSY: { status: 429, detail: 'Other exports are under way. Ask again in a minute.' },
});

/** The registry as the files that it imports. */
@Controller('books/:book/exports')
export class ExportsController {
  #underWay = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly books: Books,
    private readonly table: ExportTable,
  ) {}

  /** What held on `day`, or all that is recorded. Personal numbers are masked unless `personal=whole`. */
  @Get(':file')
  async download(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('file') file: string,
    @Query() { day, region, personal = 'masked' }: ExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { kind, format } = namedBy(file);
    const posts = personal === 'whole' ? WHOLE_READERS : READERS;
    requirePost(principal, book, posts);
    const scope = Policies.regionsOf(principal, book.id, posts);
    const meetsScope =
      region === undefined || scope.some((own) => covers(own, region) || covers(region, own));
    if (!meetsScope) requirePost(principal, book, posts, region);
    if (this.#underWay >= AT_ONCE_MAX) throw new RefusalException({ code: 'EXPORT_BUSY' });
    const context = contextOf(principal, book, `registry.export-${kind}`, 'export');
    unwrap(
      await this.unitOfWork.run(context, (tx) => {
        tx.audit({ kind, format, day: day ?? null, region: region ?? null, personal });
        return Promise.resolve(ok(null));
      }),
    );
    const wish = { kind, format, scope, personal, ...(day && { day }), ...(region && { region }) };
    const asOf = day ?? dayOf(await this.books.now(book.id));
    return this.send(
      reply,
      this.table.execute(book.id, wish),
      sentAs(`${kind}-${book.region}-${asOf}`, format),
    );
  }

  /** Whoever stops reading gives the connection back. */
  private send(
    reply: FastifyReply,
    pieces: AsyncGenerator<Buffer>,
    { type, disposition }: { type: string; disposition: string },
  ): StreamableFile {
    const stream = Readable.from(pieces, { objectMode: false });
    this.#underWay += 1;
    stream.once('close', () => {
      this.#underWay -= 1;
    });
    reply.raw.setTimeout(PATIENCE_MS, () => {
      stream.destroy();
      reply.raw.destroy();
    });
    return new StreamableFile(stream, { type, disposition });
  }
}

function namedBy(file: string): { kind: ImportKind; format: ExportFormat } {
  const [name, ending, ...more] = file.split('.');
  const kind = IMPORT_KINDS.find((known) => known === name);
  const format = EXPORT_FORMATS.find((known) => known === ending);
  if (kind && format && more.length === 0) return { kind, format };
  const detail = 'There are exports of parties, parcels, rights and consents, as .csv and .xlsx.';
  throw new HttpException(
    { code: 'EXPORT_UNKNOWN', detail, kinds: IMPORT_KINDS, formats: EXPORT_FORMATS },
    404,
  );
}
