/** What finance and auditors get: whether the escrow is solvent, and each merchant's statement. Computed from what ledger and contract say. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config", "chain", "identity", "readmodel"})
package io.clearmarket.gateway.finance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
