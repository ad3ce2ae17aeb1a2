/** The JUnit extension, used as its users would. */
@NullMarked
package io.clearmarket.network.junit;

import org.jspecify.annotations.NullMarked;
