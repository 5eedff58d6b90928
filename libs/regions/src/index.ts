export { GiveIntoHands, type Handover, type HandoverRefusal } from './give-into-hands';
export { ManagingBodies, type ManagedArea, type Manager, type ManagingBody } from './managing-bodies';
export { covers, isRegionCode } from './region.rules';
export { Regions, type Region, type RegionLevel, type RegionUnknown } from './regions';
export { RegionsModule } from './regions.module';
