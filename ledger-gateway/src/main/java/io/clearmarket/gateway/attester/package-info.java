/**
 * An attester in a process of its own, beside its organisation's peer: {@code ./clearmarket attester}. It reads that peer's blocks and its own
 * node of the settlement chain, keeps in files of its own what it let out, and answers on a door of its own.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"chain", "config", "fabric", "proof :: witness", "settlement :: attester"})
package io.clearmarket.gateway.attester;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
