;; Literal variables: class variables and globals, held in bindings (Associations and their like).
;; Translated code calls these with the binding out of the literals.

(func $variable_value (param $binding eqref) (result eqref)
  (block $general (result eqref)
    (return_call $handed_out (struct.get $Fixed2 $slot1
      (br_on_cast_fail $general eqref (ref $Fixed2) (local.get $binding)))))
  (drop)
  (return_call $slot_get (local.get $binding) (i32.const 1)))

(func $set_variable_value (param $binding eqref) (param $value eqref)
  (block $general (result eqref)
    (struct.set $Fixed2 $slot1
      (br_on_cast_fail $general eqref (ref $Fixed2) (local.get $binding))
      (local.get $value))
    (return))
  (drop)
  (return_call $slot_put (local.get $binding) (i32.const 1) (local.get $value)))
