import { Readable } from 'node:stream';

import {
  Controller,
  Get,
  HttpCode,
  HttpException,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Policies, type Principal } from '@app/identity';
import type { Book } from '@app/platform';
import {
  ImportFile,
  IMPORT_KINDS,
  Imports,
  writeTemplate,
  type Imported,
  type ImportKind,
  type ImportRecord,
} from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, DryRunQuery, sentFile, unwrap } from '../http';
import { sentAs } from './file-names';

/** Who enters what. The administrator takes over the files a county starts with. */
const IMPORTERS: Readonly<Record<ImportKind, readonly string[]>> = {
  parties: ['village-clerk', 'town-finance', 'forestry-handler', 'administrator'],
  parcels: ['forestry-handler', 'administrator'],
  rights: ['forestry-handler', 'administrator'],
  consents: ['village-clerk', 'town-finance', 'forestry-handler', 'credit-registrar', 'administrator'],
};
const READERS = [...new Set(Object.values(IMPORTERS).flat()), 'auditor'];
const IMPORTS_SHOWN = 100;

/** Workbooks and CSV files of parties, parcels, rights and consents. */
@Controller('books/:book/imports')
export class ImportsController {
  constructor(
    private readonly importFile: ImportFile,
    private readonly imports: Imports,
  ) {}

  /** 201 with the import; 200 after a dry run; 422 IMPORT_REFUSED with rows; 409 IMPORT_REPEATED. */
  @Post(':kind')
  @HttpCode(201)
  async load(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('kind') kindName: string,
    @Query() query: DryRunQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Imported> {
    const kind = kindOf(kindName);
    const posts = IMPORTERS[kind];
    requirePost(principal, book, posts);
    const imported = await this.importFile.execute(contextOf(principal, book, `registry.import-${kind}`), {
      kind,
      bytes: sentFile(request),
      dryRun: query.dryRun === 'true',
      bookRegion: book.region,
      regions: Policies.regionsOf(principal, book.id, posts),
    });
    if (query.dryRun === 'true') reply.status(200);
    return unwrap(imported);
  }

  /** An empty workbook to fill in: Chinese headings, lists to choose from, and a sheet that explains. */
  @Get(':kind/template.xlsx')
  template(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('kind') kindName: string,
  ): StreamableFile {
    requirePost(principal, book, READERS);
    const kind = kindOf(kindName);
    const { type, disposition } = sentAs(`${kind}-template`, 'xlsx');
    return new StreamableFile(Readable.from(writeTemplate(kind), { objectMode: false }), {
      type,
      disposition,
    });
  }

  /** The latest imports, newest first. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: ImportRecord[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.imports.latest(book.id, IMPORTS_SHOWN) };
  }
}

function kindOf(name: string): ImportKind {
  const kind = IMPORT_KINDS.find((known) => known === name);
  if (kind) return kind;
  const detail = `There are imports of ${IMPORT_KINDS.join(', ')}.`;
  throw new HttpException({ code: 'IMPORT_KIND_UNKNOWN', detail, kinds: IMPORT_KINDS }, 404);
}
