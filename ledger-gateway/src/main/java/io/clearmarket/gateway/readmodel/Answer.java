package io.clearmarket.gateway.readmodel;

/** A value with the block it is true at; both were read in one database snapshot. */
public record Answer<T>(T value, AsOf asOf) {}
