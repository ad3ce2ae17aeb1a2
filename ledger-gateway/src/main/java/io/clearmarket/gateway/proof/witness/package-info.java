/**
 * An organisation's witness: it derives the log from the blocks of its own organisation's peer, cosigns only what is the same, and gives out its
 * own copy of the log. It runs in a process of its own ({@code ./clearmarket witness}), or in the gateway in tests and small systems.
 */
@NamedInterface("witness")
@NullMarked
package io.clearmarket.gateway.proof.witness;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
