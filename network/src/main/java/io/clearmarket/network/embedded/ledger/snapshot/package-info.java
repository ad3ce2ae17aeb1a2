/**
 * What lets a peer open its ledger without replaying it: sorted index files, and a folder that holds the state at one height
 * with hashes over everything in it.
 */
@NullMarked
package io.clearmarket.network.embedded.ledger.snapshot;

import org.jspecify.annotations.NullMarked;
