/** Who may do what: the identities that the gateway manages, enrolment, callers and their tokens. */
@NullMarked
@ApplicationModule(allowedDependencies = {"config"})
package io.clearmarket.gateway.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
