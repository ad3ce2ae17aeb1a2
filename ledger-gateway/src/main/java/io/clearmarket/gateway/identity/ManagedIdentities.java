package io.clearmarket.gateway.identity;

import java.util.Collection;
import java.util.Optional;

/** The identities whose keys this gateway holds; each acts only as its own party. */
public interface ManagedIdentities {
    /** The identity of that name. */
    Optional<ManagedIdentity> find(String name);

    /** All of them. */
    Collection<ManagedIdentity> all();
}
