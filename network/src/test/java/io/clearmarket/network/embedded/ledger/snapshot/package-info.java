/** Tests of the sorted index files. */
@NullMarked
package io.clearmarket.network.embedded.ledger.snapshot;

import org.jspecify.annotations.NullMarked;
