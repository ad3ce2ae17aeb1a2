/** What the ledger says, in tables that pages and queries read; can be dropped and rebuilt from block 0. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "events", "fabric"})
package io.clearmarket.gateway.readmodel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
