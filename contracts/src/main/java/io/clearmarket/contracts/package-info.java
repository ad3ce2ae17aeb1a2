/**
 * The EVM side's tools: where Foundry's binaries are, and a development chain. The contracts' own Java faces are
 * generated into {@code io.clearmarket.contracts.generated}.
 */
@NullMarked
package io.clearmarket.contracts;

import org.jspecify.annotations.NullMarked;
