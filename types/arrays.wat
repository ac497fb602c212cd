;; Plain arrays: outside the recursion group, as engines' own builtins use the same types.

(type $Bytes (array (mut i8)))
(type $Shorts (array (mut i16)))
(type $Words (array (mut i32)))
(type $DoubleWords (array (mut i64)))
(type $Slots (array (mut eqref)))

;; What a runtime function $primitive_<name> with @n arguments is; out here, the functions need not name it.
;;@repeat 0 15
(type $Primitive@n (func (param eqref) @each{(param eqref) }(param i32) (result eqref)))
;;@end
