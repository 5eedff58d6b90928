/** 待发, 在途, 已发, 退回待处理, 停发. */
export type LineState = 'pending' | 'in-transit' | 'paid' | 'returned' | 'stopped';
