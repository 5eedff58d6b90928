import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the forest bureaus record of a parcel (GB/T 26424) besides what money and grams go by. */
export class ParcelTaxonomy1763700000506 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const part of [KINDS, KEYS, AGREEMENT, AREAS]) await q.query(part);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE registry.parcel
        DROP COLUMN land_kind, DROP COLUMN forest_use, DROP COLUMN forest_subuse, DROP COLUMN forest_category,
        DROP COLUMN national_protection, DROP COLUMN programme, DROP COLUMN origin_detail,
        DROP COLUMN dominant_species, DROP COLUMN canopy100, DROP COLUMN volume_dm3, DROP COLUMN land_protection,
        DROP COLUMN land_tenure, DROP COLUMN tree_tenure, DROP COLUMN operator_kind, DROP COLUMN sink_zone,
        DROP COLUMN compartment, DROP COLUMN sub_compartment, DROP COLUMN patch, DROP COLUMN map_patch_no,
        DROP COLUMN land_parcel_code, DROP COLUMN real_estate_unit_no, DROP COLUMN real_estate_certificate_no,
        DROP COLUMN certificate_area_mu100, DROP COLUMN first_area_mu100,
        DROP CONSTRAINT parcel_public_welfare_level_check`);
    await q.query(`
      UPDATE registry.parcel SET public_welfare_level = 'none' WHERE public_welfare_level IN ('prefecture', 'county');
      ALTER TABLE registry.parcel ADD CONSTRAINT parcel_public_welfare_level_check
        CHECK (public_welfare_level IN ('national', 'provincial', 'none'))`);
  }
}

/** All may be unknown: a county fills them in as it surveys. */
const KINDS = `
  ALTER TABLE registry.parcel
    -- 地类.
    ADD land_kind text CHECK (land_kind IN ('arbor', 'bamboo', 'special-shrub', 'other-shrub', 'sparse', 'young-planted',
      'young-closed', 'nursery', 'cutover', 'burnt', 'other-treeless', 'suitable', 'auxiliary', 'wetland', 'garden',
      'farmland')),
    -- 林种, 亚林种.
    ADD forest_use text CHECK (forest_use IN ('protection', 'special', 'timber', 'energy', 'economic')),
    ADD forest_subuse text,
    -- 森林类别: 公益林, 商品林. Whose level it is (事权等级) stands in public_welfare_level.
    ADD forest_category text CHECK (forest_category IN ('public-welfare', 'commercial')),
    DROP CONSTRAINT parcel_public_welfare_level_check,
    ADD CONSTRAINT parcel_public_welfare_level_check
      CHECK (public_welfare_level IN ('national', 'provincial', 'prefecture', 'county', 'none')),
    -- 国家级公益林保护等级: 一级, 二级.
    ADD national_protection smallint CHECK (national_protection BETWEEN 1 AND 2),
    -- 工程类别: 天保, 退耕, 长防, 三北.
    ADD programme text CHECK (programme IN ('natural-forest', 'farmland-return', 'yangtze', 'three-north', 'other')),
    -- 起源: 天然, 人工, 飞播, 萌生. The coefficients go by origin.
    ADD origin_detail text CHECK (origin_detail IN ('natural', 'planted', 'aerial', 'coppice')),
    ADD dominant_species text CHECK (length(dominant_species) BETWEEN 1 AND 64),
    -- 郁闭度 0.00–1.00 in hundredths, 蓄积 in thousandths of a cubic metre.
    ADD canopy100 smallint CHECK (canopy100 BETWEEN 0 AND 100),
    ADD volume_dm3 bigint CHECK (volume_dm3 >= 0),
    -- 林地保护等级 I–IV.
    ADD land_protection smallint CHECK (land_protection BETWEEN 1 AND 4),
    ADD land_tenure text CHECK (land_tenure IN ('state', 'collective')),
    ADD tree_tenure text CHECK (tree_tenure IN ('state', 'collective', 'individual', 'other')),
    -- 经营主体, by its kind: who it is, the management right tells.
    ADD operator_kind text CHECK (operator_kind IN ('township', 'village-committee', 'village-group', 'collective',
      'cooperative', 'household', 'person', 'state-forest-farm', 'project-builder', 'enterprise')),
    -- 碳汇林划定区.
    ADD sink_zone boolean`;

const KEYS = `
  ALTER TABLE registry.parcel
    -- 林班, 小班, 细班 below the village, and the number of the patch (图斑) on the survey map.
    ADD compartment text CHECK (compartment ~ '^[0-9A-Za-z]{1,8}$'),
    ADD sub_compartment text CHECK (sub_compartment ~ '^[0-9A-Za-z]{1,8}$'),
    ADD patch text CHECK (patch ~ '^[0-9A-Za-z]{1,8}$'),
    ADD map_patch_no text CHECK (length(map_patch_no) BETWEEN 1 AND 32),
    -- 宗地代码 (19) and 不动产单元号 (28): the land's code and what stands on it.
    ADD land_parcel_code text CHECK (land_parcel_code ~ '^[0-9]{12}[A-Z]{2}[0-9]{5}$'),
    ADD real_estate_unit_no text CHECK (real_estate_unit_no ~ '^[0-9]{12}[A-Z]{2}[0-9]{5}([FLQ][0-9]{8}|W0{8})$'),
    ADD real_estate_certificate_no text CHECK (length(real_estate_certificate_no) BETWEEN 1 AND 100),
    -- 证载面积: what the certificate says, which may differ from what was measured.
    ADD certificate_area_mu100 bigint CHECK (certificate_area_mu100 > 0)`;

/** What contradicts itself is not recorded. */
const AGREEMENT = `
  ALTER TABLE registry.parcel
    ADD CONSTRAINT subuse_is_of_the_use CHECK (forest_subuse IS NULL OR coalesce(CASE forest_use
      WHEN 'protection' THEN forest_subuse IN ('water-conservation', 'soil-conservation', 'wind-sand', 'farmland',
        'bank', 'road', 'other-protection')
      WHEN 'special' THEN forest_subuse IN ('defence', 'experiment', 'seed-trees', 'environment', 'scenic', 'heritage',
        'nature-reserve')
      WHEN 'timber' THEN forest_subuse IN ('short-rotation', 'fast-growing', 'general-timber')
      WHEN 'energy' THEN forest_subuse IN ('oil-energy', 'wood-energy')
      WHEN 'economic' THEN forest_subuse IN ('fruit', 'edible', 'industrial', 'medicinal', 'other-economic')
      END, false)),
    ADD CONSTRAINT category_has_its_level
      CHECK (forest_category IS NULL OR (forest_category = 'public-welfare') = (public_welfare_level <> 'none')),
    ADD CONSTRAINT protection_of_national_forest
      CHECK (national_protection IS NULL OR public_welfare_level = 'national'),
    ADD CONSTRAINT origins_agree CHECK (origin_detail IS NULL OR origin_detail = 'coppice'
      OR (origin_detail = 'natural') = (origin = 'natural')),
    ADD CONSTRAINT unit_stands_on_its_land
      CHECK (land_parcel_code IS NULL OR real_estate_unit_no IS NULL OR starts_with(real_estate_unit_no, land_parcel_code))`;

/** The area with which a parcel came into the book: whatever it is later, an order has to explain. */
const AREAS = `
  ALTER TABLE registry.parcel ADD first_area_mu100 bigint CHECK (first_area_mu100 > 0);
  UPDATE registry.parcel SET first_area_mu100 = area_mu100`;
