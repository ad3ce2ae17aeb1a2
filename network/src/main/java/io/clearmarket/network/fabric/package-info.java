/** A real Fabric network, run by this project: as processes on this machine, or in containers. */
@NullMarked
package io.clearmarket.network.fabric;

import org.jspecify.annotations.NullMarked;
