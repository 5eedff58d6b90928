/** How a programme reckons (规则类型). */
export const RULE_KINDS = ['area', 'instalment', 'milestone', 'stipend', 'dividend'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** What can be owed besides what land pays; a top-up is of a dividend programme, and the operator's. */
export const ENTITLEMENT_KINDS = ['instalment', 'milestone', 'stipend', 'dividend', 'top-up'] as const;
export type EntitlementKind = (typeof ENTITLEMENT_KINDS)[number];
