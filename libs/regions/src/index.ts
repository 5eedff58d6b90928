export { covers, isRegionCode } from './region.rules';
export { Regions, type Region, type RegionLevel, type RegionUnknown } from './regions';
export { RegionsModule } from './regions.module';
