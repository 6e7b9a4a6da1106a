const basin_kernels SET = {
    NAME, sort_entries, add_products, add_outer_products, scores, ratio_test, respond, exchange, subtract,
    square_norms, entering_slot,      relative_margins, rival_bounds, products, project, philox,
};
