/** Proposals and transactions as a client of any Fabric network writes them. */
@NullMarked
package io.clearmarket.network.transaction;

import org.jspecify.annotations.NullMarked;
