/** Fabric's own nodes: their binaries, their configuration, their processes. */
@NullMarked
package io.clearmarket.network.fabric.node;

import org.jspecify.annotations.NullMarked;
