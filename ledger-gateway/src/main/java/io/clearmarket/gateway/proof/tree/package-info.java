/** How a log's tree is kept and read: leaves derived from blocks, C2SP tlog-tiles, RFC 6962 roots and proofs over them. */
@NamedInterface("tree")
@NullMarked
package io.clearmarket.gateway.proof.tree;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
