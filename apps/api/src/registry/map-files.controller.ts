import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Policies, type Principal } from '@app/identity';
import type { Book } from '@app/platform';
import { ImportMap, MapFiles, type LoadedMap, type MapFile } from '@app/registry';
import { CurrentPrincipal, requirePost } from '../auth';
import { BookParam, contextOf, sentFile, unwrap } from '../http';
import { MapFileQuery } from './map.requests';

/** Who enters shapes. The administrator takes over the files a county starts with. */
const LOADERS = ['forestry-handler', 'administrator'];
const READERS = [...LOADERS, 'forestry-reviewer', 'auditor'];
const FILES_SHOWN = 100;

const MAP_FILE = 'Send the file itself as application/geo+json, application/zip or application/octet-stream.';

/** Map files: the shapes of parcels as GeoJSON or as a zipped shapefile. */
@Controller('books/:book/map-files')
export class MapFilesController {
  constructor(
    private readonly importMap: ImportMap,
    private readonly files: MapFiles,
  ) {}

  /** 201 with what was loaded; 200 after a dry run; 422 MAP_REFUSED with features; 409 MAP_REPEATED. */
  @Post()
  @HttpCode(201)
  async load(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Query() { dryRun, key = 'code', field, village }: MapFileQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoadedMap> {
    requirePost(principal, book, LOADERS, village);
    const loaded = await this.importMap.execute(contextOf(principal, book, 'registry.import-map'), {
      bytes: sentFile(request, MAP_FILE),
      dryRun: dryRun === 'true',
      bookRegion: book.region,
      regions: Policies.regionsOf(principal, book.id, LOADERS),
      key,
      ...(field !== undefined && { field }),
      ...(village !== undefined && { village }),
    });
    if (dryRun === 'true') reply.status(200);
    return unwrap(loaded);
  }

  /** The latest files, newest first, with how far they were compared for overlaps. */
  @Get()
  async list(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: MapFile[] }> {
    requirePost(principal, book, READERS);
    return { items: await this.files.latest(book.id, FILES_SHOWN) };
  }
}
