/** The ledger gateway: one Spring Boot application, each direct sub-package a module with a narrow face. */
@NullMarked
package io.clearmarket.gateway;

import org.jspecify.annotations.NullMarked;
