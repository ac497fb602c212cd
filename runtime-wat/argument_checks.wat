;; What named primitives ask about their arguments before they change anything.

;; Objects whose immutable bit is set; other values cannot be changed either, but no primitive tries.
(func $is_immutable (param $value eqref) (result i32)
  (drop (block $other (result eqref)
    (return (i32.and (i32.const 1) (i32.shr_u
      (struct.get $Object $hash (br_on_cast_fail $other eqref (ref $Object) (local.get $value)))
      (i32.const 22))))))
  (i32.const 0))
