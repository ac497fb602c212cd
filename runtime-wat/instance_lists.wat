;; The instances of classes that were asked for all of them, kept from the walk of the heap on: a second question needs no
;; walk. What is made meanwhile is added. As on a virtual machine between two collections, instances that have become garbage
;; may still be among them; all lists are forgotten when the engine or the image collects, and when objects change their class.

(type $InstanceList (sub final (struct
  (field $instances (mut (ref $Slots)))
  (field $count (mut i32))
  (field $limit i32))))

;; By class index, as long as the class table was with the first of them; empty while there is none.
(type $InstanceLists (array (mut (ref null $InstanceList))))
(global $instance_lists (mut (ref $InstanceLists)) (array.new_fixed $InstanceLists 0))

(func $forget_instances
  (if (array.len (global.get $instance_lists))
    (then (global.set $instance_lists (array.new_fixed $InstanceLists 0)))))

(func $instance_list (param $classIndex i32) (result (ref null $InstanceList))
  (if (i32.ge_u (local.get $classIndex) (array.len (global.get $instance_lists)))
    (then (return (ref.null $InstanceList))))
  (array.get $InstanceLists (global.get $instance_lists) (local.get $classIndex)))

;; Whether there is a list for the class.
(func $has_instance_list (param $class eqref) (result i32)
  (if (i32.eqz (array.len (global.get $instance_lists))) (then (return (i32.const 0))))
  (i32.eqz (ref.is_null (call $instance_list (call $ensure_class_index (local.get $class))))))

;; A copy of the list of a class that has one.
(func $listed_instances (param $class eqref) (result (ref $Slots))
  (local $list (ref $InstanceList))
  (local.set $list (ref.as_non_null (call $instance_list (call $ensure_class_index (local.get $class)))))
  (return_call $part_of (struct.get $InstanceList $instances (local.get $list)) (i32.const 0)
    (struct.get $InstanceList $count (local.get $list))))

;; What a walk has found, where nothing but $note_instance tells of new instances; and where somebody tells of collections,
;; since nobody else would let go of the list.
(func $keep_instances (param $class eqref) (param $found (ref $Slots))
  (local $index i32) (local $count i32)
  (if (i32.eqz (global.get $weak_reviews)) (then (return)))
  (if (i32.eqz (call $tells_of_instances (local.get $class))) (then (return)))
  (local.set $index (call $ensure_class_index (local.get $class)))
  (if (i32.eqz (array.len (global.get $instance_lists)))
    (then (global.set $instance_lists (array.new_default $InstanceLists (global.get $class_table_size)))))
  (if (i32.ge_u (local.get $index) (array.len (global.get $instance_lists))) (then (return)))
  (local.set $count (array.len (local.get $found)))
  (array.set $InstanceLists (global.get $instance_lists) (local.get $index)
    (struct.new $InstanceList (call $copy_slots (local.get $found)) (local.get $count)
      (i32.add (i32.const 1024) (i32.shl (local.get $count) (i32.const 1))))))

;; Fixed-size objects that only $new_instance and copying make, and CompiledMethods.
(func $tells_of_instances (param $class eqref) (result i32)
  (local $shape i32) (local $index i32)
  (local.set $shape (i32.and (i32.const 31) (i32.shr_u (call $instance_spec (local.get $class)) (i32.const 16))))
  (local.set $index (call $ensure_class_index (local.get $class)))
  (if (i32.ge_u (local.get $shape) (i32.const 24)) (then (return (i32.const 1))))
  (i32.and (i32.le_u (local.get $shape) (i32.const 1))
    (i32.eqz (i32.or (global.get $v3)
      (i32.or (i32.eq (local.get $index) (global.get $class_index_point))
        (i32.eq (local.get $index) (global.get $class_index_message)))))))

;; A new object. Too many, and its class does without a list again.
(func $note_instance (param $object (ref $Object))
  (local $list (ref $InstanceList)) (local $count i32)
  (block $none
    (local.set $list (br_on_null $none (call $instance_list (struct.get $Object $classIndex (local.get $object)))))
    (local.set $count (struct.get $InstanceList $count (local.get $list)))
    (if (i32.ge_u (local.get $count) (struct.get $InstanceList $limit (local.get $list)))
      (then
        (array.set $InstanceLists (global.get $instance_lists) (struct.get $Object $classIndex (local.get $object))
          (ref.null $InstanceList))
        (return)))
    (struct.set $InstanceList $instances (local.get $list)
      (call $with_room (struct.get $InstanceList $instances (local.get $list)) (local.get $count)))
    (array.set $Slots (struct.get $InstanceList $instances (local.get $list)) (local.get $count) (local.get $object))
    (struct.set $InstanceList $count (local.get $list) (i32.add (local.get $count) (i32.const 1)))))
