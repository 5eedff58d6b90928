import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { IsString, Length } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Principal } from '@app/identity';
import { ReadFile, savedName, StoreFile, UnitOfWork, type Book, type StoredFile } from '@app/platform';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, sentFile, unwrap } from '../http';

/** Who proposes, reports or decides something that rests on a paper. */
const STORERS = [
  'village-clerk',
  'town-finance',
  'forestry-handler',
  'forestry-reviewer',
  'credit-registrar',
  'administrator',
];
const FILE = 'Send the file itself, as its own media type or as application/octet-stream.';
const READERS = [...STORERS, 'finance-review', 'payout-centre', 'auditor'];

export class FileQuery {
  /** As it is to be called when it is saved again. */
  @IsString()
  @Length(1, 200)
  name: string;
}

/** The files that orders, reversals and reports name by their SHA-256. They hold names and are shown to no public. */
@Controller('books/:book/files')
export class FilesController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly storeFile: StoreFile,
    private readonly readFile: ReadFile,
  ) {}

  /** 201; 200 when the book has these very bytes already. */
  @Post()
  async store(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { name }: FileQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StoredFile> {
    requirePost(principal, book, STORERS);
    const mediaType = request.headers['content-type'];
    const file = { bytes: sentFile(request, FILE), name, ...(mediaType !== undefined && { mediaType }) };
    const context = contextOf(principal, book, 'platform.store-file', 'file');
    const stored = await this.unitOfWork.run(context, (tx) => this.storeFile.execute(tx, file));
    const { isNew, ...answer } = unwrap(stored);
    reply.status(isNew ? 201 : 200);
    return answer;
  }

  /** To be saved, never shown by the browser; every reading is in the audit trail. */
  @Get(':sha256')
  async read(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('sha256') sha256: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    requirePost(principal, book, READERS);
    const context = contextOf(principal, book, 'platform.read-file', `file/${sha256.slice(0, 64)}`);
    const { bytes, mediaType, name } = unwrap(
      await this.unitOfWork.run(context, (tx) => this.readFile.execute(tx, sha256)),
    );
    reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    const saved = encodeURIComponent(savedName(name, mediaType));
    return new StreamableFile(bytes, {
      type: mediaType,
      length: bytes.length,
      disposition: `attachment; filename*=UTF-8''${saved.replaceAll("'", '%27')}`,
    });
  }
}
