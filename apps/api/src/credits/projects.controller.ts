import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import {
  DecideStep,
  DrawBoundary,
  MirrorUnits,
  OpenProject,
  Projects,
  ProposeStep,
  SetProjectTarget,
  type Boundary,
  type NationalUnits,
  type PipelineKind,
  type ProjectRefusal,
  type ProjectTarget,
  type ProjectView,
  type ProposedStep,
  type StepView,
} from '@app/credits';
import type { Principal } from '@app/identity';
import { UnitOfWork, type Book } from '@app/platform';
import { CurrentPrincipal, Public, requirePost } from '../auth';
import {
  BookParam,
  contextOf,
  DecisionRequest,
  DryRunQuery,
  isDryRun,
  type Page,
  pageOf,
  RefusalException,
  unwrap,
} from '../http';
import { decisionOf } from './decision.request';
import {
  MirrorEventRequest,
  PageQuery,
  ProjectLandRequest,
  ProjectRequest,
  ProjectStepRequest,
  ProjectTargetRequest,
  type UnitsRequest,
} from './projects.requests';

const PROPOSERS = ['forestry-handler', 'credit-registrar'];
const DECIDERS = ['forestry-reviewer'];
const READERS = [...PROPOSERS, ...DECIDERS, 'auditor'];
const PAGE = 50;

/** The county's own CCER projects, from the pipeline (储备) to what the national registry did with their units. */
@Controller()
export class ProjectsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly projects: Projects,
    private readonly openProject: OpenProject,
    private readonly drawBoundary: DrawBoundary,
    private readonly proposeStep: ProposeStep,
    private readonly decideStep: DecideStep,
    private readonly mirrorUnits: MirrorUnits,
    private readonly setTarget: SetProjectTarget,
  ) {}

  /** By code. They name no person. */
  @Public()
  @Get(['books/:book/projects', 'public/books/:book/projects'])
  async list(
    @BookParam() book: Book,
    @Query() { cursor = '', limit = PAGE }: PageQuery,
  ): Promise<Page<ProjectView>> {
    const found = await this.projects.list(book.id, cursor, limit + 1);
    return pageOf(found, limit, ({ code }) => code);
  }

  /** With its steps and its parcels, for staff. */
  @Get('books/:book/projects/:code')
  async one(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('code') code: string,
  ): Promise<ProjectView & { steps: StepView[]; parcelCodes: string[] }> {
    requirePost(principal, book, READERS);
    const project = await this.projects.one(book.id, code);
    if (project) return project;
    const reason: ProjectRefusal = { code: 'PROJECT_UNKNOWN', project: code.slice(0, 40) };
    throw new RefusalException(reason);
  }

  /** What is wanted of each kind of forest, and how far the projects reach. */
  @Public()
  @Get(['books/:book/project-pipeline', 'public/books/:book/project-pipeline'])
  async pipeline(@BookParam() book: Book): Promise<{ items: PipelineKind[] }> {
    return { items: await this.projects.pipeline(book.id) };
  }

  @Post('books/:book/project-targets')
  @HttpCode(201)
  async target(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() body: ProjectTargetRequest,
  ): Promise<ProjectTarget> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.set-project-target');
    const target = { ...body, targetMu100: BigInt(body.targetMu100) };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.setTarget.execute(tx, target)));
  }

  @Post('books/:book/projects')
  @HttpCode(201)
  async open(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Body() { targetMu100, ...body }: ProjectRequest,
  ): Promise<{ code: string }> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.open-project', `project/${body.code}`);
    const draft = { ...body, targetMu100: targetMu100 === undefined ? null : BigInt(targetMu100) };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.openProject.execute(tx, draft)));
  }

  /** All parcels of its boundary anew. */
  @Put('books/:book/projects/:code/land')
  async land(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('code') project: string,
    @Body() { parcelCodes }: ProjectLandRequest,
  ): Promise<Boundary> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.draw-boundary', `project/${project.slice(0, 40)}`);
    return unwrap(
      await this.unitOfWork.run(context, (tx) => this.drawBoundary.execute(tx, { project, parcelCodes })),
    );
  }

  @Post('books/:book/projects/:code/steps')
  @HttpCode(201)
  async propose(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('code') project: string,
    @Query() query: DryRunQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { units, ...body }: ProjectStepRequest,
  ): Promise<ProposedStep> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.propose-step', `project/${project.slice(0, 40)}`);
    const dryRun = isDryRun(query, reply);
    const proposal = { ...body, project, dryRun, ...(units && { units: unitsOf(units) }) };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.proposeStep.execute(tx, proposal)));
  }

  @Post('books/:book/project-steps/:id/decision')
  @HttpCode(201)
  async decide(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: DecisionRequest,
  ): Promise<{ id: string; project: string }> {
    requirePost(principal, book, DECIDERS, book.region);
    const decision = decisionOf(id, body);
    const context = contextOf(principal, book, 'credits.decide-step', `project-step/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.decideStep.execute(tx, decision)));
  }

  /** What the national registry did with units of the project. */
  @Post('books/:book/projects/:code/national-events')
  @HttpCode(201)
  async mirror(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('code') project: string,
    @Body() { units, ...body }: MirrorEventRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, PROPOSERS, book.region);
    const context = contextOf(principal, book, 'credits.mirror-units', `project/${project.slice(0, 40)}`);
    const event = { ...body, project, units: unitsOf(units) };
    return unwrap(await this.unitOfWork.run(context, (tx) => this.mirrorUnits.propose(tx, event)));
  }

  @Post('books/:book/national-events/:id/decision')
  @HttpCode(201)
  async decideMirror(
    @BookParam() book: Book,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: DecisionRequest,
  ): Promise<{ id: string }> {
    requirePost(principal, book, DECIDERS, book.region);
    const decision = decisionOf(id, body);
    const context = contextOf(principal, book, 'credits.decide-mirror', `national-event/${id}`);
    return unwrap(await this.unitOfWork.run(context, (tx) => this.mirrorUnits.decide(tx, decision)));
  }
}

const unitsOf = ({ block, first, last }: UnitsRequest): NationalUnits => ({
  block,
  first: BigInt(first),
  last: BigInt(last),
});
